import java.util.Scanner;

class Main {
    public static void main(String[] args) {
        final long modulus = 1_000_000_007;
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), k = in.nextInt(), d = in.nextInt(), a = in.nextInt(), b = in.nextInt();
        long[] ways = new long[k + 1];
        ways[a] = 1;
        for (int length = 2; length <= n; length++) {
            long[] sum = new long[k + 1];
            for (int note = 1; note <= k; note++) {
                sum[note] = sum[note - 1] + ways[note];
            }
            for (int note = 1; note <= k; note++) {
                ways[note] = (sum[Math.min(k, note + d)] - sum[Math.max(0, note - d - 1)]) % modulus;
            }
        }
        System.out.println(ways[b]);
    }
}
