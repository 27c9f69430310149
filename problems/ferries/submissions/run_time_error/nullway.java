import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

/** Unboxes the null that stands for an island without a number. */
class Main {
    public static void main(String[] args) {
        Map<Integer, Integer> minutes = new HashMap<>();
        int n = new Scanner(System.in).nextInt();
        int way = minutes.get(n);
        System.out.println(way);
    }
}
