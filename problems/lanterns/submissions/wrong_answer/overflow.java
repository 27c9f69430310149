import java.util.Arrays;
import java.util.Scanner;

/** Right in spirit, but house + 2 r does not fit into an int, and Java wraps around without a word. */
class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), r = in.nextInt();
        int[] houses = new int[n];
        for (int i = 0; i < n; i++) {
            houses[i] = in.nextInt();
        }
        Arrays.sort(houses);
        int lanterns = 0, lit = -1;
        for (int house : houses) {
            if (house > lit) {
                lanterns++;
                lit = house + 2 * r;
            }
        }
        System.out.println(lanterns);
    }
}
