/** Trusts a second line that does not exist: NoSuchElementException. */
class Main {
    public static void main(String[] args) {
        java.util.Scanner in = new java.util.Scanner(System.in);
        int n = in.nextInt();
        int nieces = in.nextInt();
        System.out.println(n % nieces == 0 ? "yes" : "no");
    }
}
