class Main {
    public static void main(String[] args) {
        int apples = "a crate of apples";
        System.out.println(apples);
    }
}
