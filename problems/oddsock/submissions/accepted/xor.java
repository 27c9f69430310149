import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

class Main {
    public static void main(String[] args) throws IOException {
        InputStream in = System.in;
        byte[] buffer = new byte[1 << 16];
        int number = 0, odd = 0;
        boolean header = true;
        for (int length; (length = in.read(buffer)) > 0;) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] >= '0') {
                    number = 10 * number + buffer[i] - '0';
                    continue;
                }
                odd ^= header ? 0 : number;
                header = false;
                number = 0;
            }
        }
        System.out.println(odd);
    }
}
