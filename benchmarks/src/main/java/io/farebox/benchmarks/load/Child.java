package io.farebox.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link ServerMain} in another JVM, and questions to it. It ends when closed, and with this process at the latest. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final int port;

    private Child(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.port = (int) read("port");
    }

    /** Starts one. @param kind of server, and what that kind wants to know @param options for its JVM */
    static Child start(List<String> kind, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(ServerMain.class.getName());
        command.addAll(kind);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Child(process);
    }

    static Child start(String kind, String... options) throws IOException {
        return start(List.of(kind), options);
    }

    int port() {
        return port;
    }

    /** Asks what {@link ServerMain} knows. */
    synchronized long ask(String question) throws IOException {
        questions.println(question);
        return read(question);
    }

    private long read(String question) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(question + " ")) return Long.parseLong(line.substring(question.length() + 1));
        }
        throw new IOException("the server has ended");
    }

    /** A value in KiB from the process's status (Linux), such as {@code VmHWM}, its largest resident size. */
    long statusKib(String name) throws IOException {
        return statusKib(process.pid(), name);
    }

    static long statusKib(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name + ":")) return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
        throw new IOException("the system tells no " + name);
    }

    /** CPU time of the process until now. */
    CpuTime cpu() throws IOException {
        return CpuTime.of(process.pid());
    }

    /** CPU time that its compilers have used. */
    CpuTime compilers() throws IOException {
        return CpuTime.ofCompilers(process.pid());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
