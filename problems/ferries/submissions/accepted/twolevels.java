import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

class Main {
    private record Line(int to, long minutes) {}

    private record Entry(long minutes, int state) {}

    private static final StreamTokenizer IN = new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in)));

    private static int next() throws IOException {
        IN.nextToken();
        return (int) IN.nval;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        List<List<Line>> lines = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            lines.add(new ArrayList<>());
        }
        for (; m > 0; m--) {
            int a = next() - 1, b = next() - 1, t = next();
            lines.get(a).add(new Line(b, t));
            lines.get(b).add(new Line(a, t));
        }

        long[] best = new long[2 * n];
        int[] before = new int[2 * n];
        Arrays.fill(best, Long.MAX_VALUE);
        best[0] = 0;
        before[0] = -1;
        PriorityQueue<Entry> open = new PriorityQueue<>((a, b) -> Long.compare(a.minutes, b.minutes));
        open.add(new Entry(0, 0));
        while (!open.isEmpty()) {
            Entry entry = open.poll();
            if (entry.minutes > best[entry.state]) {
                continue;
            }
            boolean ticket = entry.state < n;
            for (Line line : lines.get(entry.state % n)) {
                for (int use = 0; use <= (ticket ? 1 : 0); use++) {
                    int state = line.to + (ticket && use == 0 ? 0 : n);
                    long minutes = entry.minutes + (use == 1 ? 0 : line.minutes);
                    if (minutes < best[state]) {
                        best[state] = minutes;
                        before[state] = entry.state;
                        open.add(new Entry(minutes, state));
                    }
                }
            }
        }

        if (best[2 * n - 1] == Long.MAX_VALUE) {
            System.out.println("stranded");
            return;
        }
        StringBuilder journey = new StringBuilder();
        int count = 0;
        for (int state = 2 * n - 1; state >= 0; state = before[state]) {
            journey.insert(0, " ").insert(0, state % n + 1);
            count++;
        }
        System.out.println(best[2 * n - 1] + "\n" + count + "\n" + journey);
    }
}
