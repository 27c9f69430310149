// @EXPECTED_GRADES@ RTE RTE RTE
class Main {
    public static void main(String[] args) {
        System.out.println(Long.parseLong(args[0]));
    }
}
