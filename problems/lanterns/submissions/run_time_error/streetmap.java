import java.util.Arrays;
import java.util.Scanner;

/** Draws a map of the first kilometre and leaves it with an ArrayIndexOutOfBoundsException. */
class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        long r = in.nextLong();
        boolean[] map = new boolean[1000];
        for (int i = 0; i < n; i++) {
            map[in.nextInt()] = true;
        }
        long lit = -1;
        int lanterns = 0;
        for (int house = 0; house < map.length; house++) {
            if (map[house] && house > lit) {
                lanterns++;
                lit = house + 2 * r;
            }
        }
        System.out.println(lanterns);
    }
}
