import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.util.ArrayDeque;
import java.util.Arrays;

class Main {
    private static final StreamTokenizer IN = new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in)));

    private static int next() throws IOException {
        IN.nextToken();
        return (int) IN.nval;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        int[] head = new int[n], following = new int[2 * m], target = new int[2 * m];
        Arrays.fill(head, -1);
        for (int edge = 0; edge < 2 * m; edge += 2) {
            int a = next() - 1, b = next() - 1;
            target[edge] = b;
            following[edge] = head[a];
            head[a] = edge;
            target[edge + 1] = a;
            following[edge + 1] = head[b];
            head[b] = edge + 1;
        }

        char[] kitchen = new char[n];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int start = 0; start < n; start++) {
            if (kitchen[start] != 0) {
                continue;
            }
            kitchen[start] = 'S';
            open.push(start);
            while (!open.isEmpty()) {
                int chef = open.pop();
                for (int edge = head[chef]; edge >= 0; edge = following[edge]) {
                    int rival = target[edge];
                    if (kitchen[rival] == 0) {
                        kitchen[rival] = kitchen[chef] == 'N' ? 'S' : 'N';
                        open.push(rival);
                    } else if (kitchen[rival] == kitchen[chef]) {
                        System.out.println("impossible");
                        return;
                    }
                }
            }
        }
        System.out.println(new String(kitchen));
    }
}
