import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;
import java.util.TreeSet;

/** Jumps from one dark house to the next in a sorted set. */
class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        long reach = Long.parseLong(in.readLine().split(" ")[1]);
        StringTokenizer positions = new StringTokenizer(in.readLine());
        TreeSet<Long> houses = new TreeSet<>();
        while (positions.hasMoreTokens()) {
            houses.add(Long.parseLong(positions.nextToken()));
        }

        int lanterns = 0;
        for (Long dark = houses.first(); dark != null; dark = houses.higher(dark + 2 * reach)) {
            lanterns++;
        }
        System.out.println(lanterns);
    }
}
