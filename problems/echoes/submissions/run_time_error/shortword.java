/** Has paper for a hundred letters: ArrayIndexOutOfBoundsException. */
class Main {
    public static void main(String[] args) {
        String word = new java.util.Scanner(System.in).next();
        char[] paper = new char[100];
        for (int i = 0; i < word.length(); i++) {
            paper[i] = word.charAt(i);
        }
        String said = new String(paper, 0, word.length());
        for (int reply = 0; reply <= word.length(); reply++) {
            String all = said + new StringBuilder(said.substring(0, reply)).reverse();
            if (all.contentEquals(new StringBuilder(all).reverse())) {
                System.out.println(all);
                return;
            }
        }
    }
}
