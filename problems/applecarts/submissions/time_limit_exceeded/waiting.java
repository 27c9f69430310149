import java.util.Scanner;

// Waits for a third cart that never comes, without ever looking away.
class Main {
    static volatile long thirdCart = 0;

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long total = in.nextLong() + in.nextLong();
        while (total > 7 && thirdCart == 0) {
            Thread.onSpinWait();
        }
        System.out.println(total);
    }
}
