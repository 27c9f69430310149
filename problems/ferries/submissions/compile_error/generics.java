import java.util.List;

class Main {
    public static void main(String[] args) {
        List<String> islands = List.of(1, 2, 3);
    }
}
