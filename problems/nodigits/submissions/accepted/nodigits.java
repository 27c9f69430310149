class Main {
    public static void main(String[] args) {
        int length = new java.util.Scanner(System.in).next().length();
        System.out.println(length * length);
    }
}
