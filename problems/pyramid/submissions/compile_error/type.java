class Main {
    public static void main(String[] args) {
        int balls = 1_000_000_000_000_000_000;
    }
}
