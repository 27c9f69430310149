import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Sorts the pile by carrying every sock to its place past all the others. */
class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        int[] socks = new int[n];
        for (int i = 0; i < n; i++) {
            socks[i] = Integer.parseInt(in.readLine());
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                if (socks[j] > socks[j + 1]) {
                    int sock = socks[j];
                    socks[j] = socks[j + 1];
                    socks[j + 1] = sock;
                }
            }
        }
        int i = 0;
        while (i + 1 < n && socks[i] == socks[i + 1]) {
            i += 2;
        }
        System.out.println(socks[i]);
    }
}
