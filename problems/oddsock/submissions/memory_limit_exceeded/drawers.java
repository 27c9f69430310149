import java.util.Scanner;

class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] drawers = new int[1_000_000_001];
        for (int n = in.nextInt(); n > 0; n--) {
            drawers[in.nextInt()] ^= 1;
        }
        for (int pattern = 1; pattern < drawers.length; pattern++) {
            if (drawers[pattern] == 1) {
                System.out.println(pattern);
            }
        }
    }
}
