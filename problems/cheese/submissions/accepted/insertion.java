import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** Finds the place of each wheel by binary search. System.out flushes at every println. */
class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        List<Integer> row = new ArrayList<>();
        for (int wheel = 1; wheel <= n; wheel++) {
            int low = 0, high = row.size();
            while (low < high) {
                int middle = (low + high) / 2;
                System.out.println("? " + wheel + " " + row.get(middle));
                if (in.next().equals("<")) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            row.add(low, wheel);
        }
        StringBuilder answer = new StringBuilder("!");
        row.forEach(wheel -> answer.append(' ').append(wheel));
        System.out.println(answer);
    }
}
