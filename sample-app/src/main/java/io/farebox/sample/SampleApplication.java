package io.farebox.sample;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs the API; with {@code pay URL} as arguments, pays for one request instead. */
@SpringBootApplication
public class SampleApplication {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("pay")) {
            System.exit(PayCommand.run(Arrays.asList(args).subList(1, args.length), System.out));
        }
        SpringApplication.run(SampleApplication.class, args);
    }
}
