import java.util.Scanner;

/** Shakes the hotel until the rivals fall apart by chance; with a triangle they never do. */
class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), m = in.nextInt();
        int[] a = new int[m], b = new int[m];
        for (int i = 0; i < m; i++) {
            a[i] = in.nextInt() - 1;
            b[i] = in.nextInt() - 1;
        }
        char[] kitchen = new char[n];
        java.util.Random random = new java.util.Random(1);
        for (boolean quarrel = true; quarrel;) {
            for (int i = 0; i < n; i++) {
                kitchen[i] = random.nextBoolean() ? 'N' : 'S';
            }
            quarrel = false;
            for (int i = 0; i < m && !quarrel; i++) {
                quarrel = kitchen[a[i]] == kitchen[b[i]];
            }
        }
        System.out.println(new String(kitchen));
    }
}
