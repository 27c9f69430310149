/** Puts the wheels into a crate for none. */
class Main {
    public static void main(String[] args) {
        int n = new java.util.Scanner(System.in).nextInt();
        int[] crate = new int[0];
        crate[n - 1] = n;
        System.out.println("! " + crate[0]);
    }
}
