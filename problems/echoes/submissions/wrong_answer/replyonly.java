/** Prints what the canyon says, without the word itself. */
class Main {
    public static void main(String[] args) {
        String word = new java.util.Scanner(System.in).next();
        System.out.println(new StringBuilder(word).reverse().substring(1));
    }
}
