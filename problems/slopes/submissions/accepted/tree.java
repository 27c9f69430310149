import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.StringTokenizer;

/** A Fenwick tree over the heights holds the longest climb that ends at or below a height. */
class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        StringTokenizer tokens = new StringTokenizer(in.readLine());
        int[] heights = new int[n];
        for (int i = 0; i < n; i++) {
            heights[i] = Integer.parseInt(tokens.nextToken());
        }
        int[] sorted = heights.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }

        int[] best = new int[distinct + 1];
        int longest = 0;
        for (int height : heights) {
            int rank = Arrays.binarySearch(sorted, 0, distinct, height);
            int nights = 1;
            for (int i = rank; i > 0; i -= i & -i) {
                nights = Math.max(nights, best[i] + 1);
            }
            for (int i = rank + 1; i <= distinct; i += i & -i) {
                best[i] = Math.max(best[i], nights);
            }
            longest = Math.max(longest, nights);
        }
        System.out.println(longest);
    }
}
