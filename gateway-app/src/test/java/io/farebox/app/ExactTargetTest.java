package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at the upstream is, byte for byte, what was asked for and priced; or nothing arrives. */
class ExactTargetTest {
    private static final String UNRESERVED = "abcXYZ019-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,=";

    private static RawUpstream upstream;
    private static StubFacilitator facilitator;
    private static App app;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
        app = App.start(App.prices(folder, facilitator.url(), upstream.url()));
    }

    @AfterAll
    static void stop() {
        app.close();
        facilitator.close();
        upstream.close();
    }

    private static List<String> legal() {
        List<String> targets = new ArrayList<>();
        for (char c : (UNRESERVED + SUB_DELIMITERS + ":@").toCharArray()) {
            targets.add("/p" + c + "x");
            targets.add("/" + c + "p/x" + c);
        }
        for (char c : (UNRESERVED + SUB_DELIMITERS + ":@/?;[]").toCharArray()) {
            targets.add("/q?" + c);
            targets.add("/q?a=" + c);
            targets.add("/q?a=x" + c + "y&" + c + "=1");
            targets.add("/q?a" + c + "b=%20" + c);
        }
        for (int octet = 0x20; octet < 0x80; octet++) {
            String escape = "%%%02X".formatted(octet);
            if ("%./;\\".indexOf(octet) < 0) targets.add("/p/a" + escape + "b");
            targets.add("/q?a=" + escape + "&b=" + escape.toLowerCase(java.util.Locale.ROOT));
        }
        Stream.of(
                        "/",
                        "/?",
                        "/??",
                        "/a?&",
                        "/a?&&b=1&&",
                        "/a?=",
                        "/a?=1",
                        "/a?a==1",
                        "/a?a=1&a=1&a",
                        "/a?a=&b=",
                        "/a?a=b%26c",
                        "/a?a=b%3Dc&d",
                        "/a?a[]=1&a[]=2",
                        "/a?filter[name]=a%20b",
                        "/a?filter%5Bname%5D=a%20b",
                        "/a?q=a+b",
                        "/a?q=a%2Bb",
                        "/a?u=https://h.example/p?q=1",
                        "/a?u=https%3A%2F%2Fh.example%2Fp%3Fq%3D1",
                        "/a?x=%00",
                        "/a?x=%0D%0AX:y",
                        "/a?x=%FF%FE",
                        "/a?x=%C3%BC&y=%c3%bc",
                        "/a?x=%25%32%30",
                        "/a?x=%7B%7D&y=%7Bid%7D",
                        "/a?x=%E2%82%AC+%24",
                        "/%C3%BC/%e2%82%ac/%F0%9F%92%B0",
                        "/%41%62c/%7Eu/~u",
                        "/%7Bid%7D/x",
                        "/a%20b/c+d/e%2Bf",
                        "/a:b@c/d=e,f",
                        "/.well-known/x402",
                        "/...",
                        "/a../b",
                        "/-._~!$&'()*+,=:@",
                        "/paths/" + "x".repeat(4_000) + "?" + "y=1&".repeat(500))
                .forEach(targets::add);
        return targets;
    }

    @Test
    void legalTargets_arriveUnchanged() throws Exception {
        List<String> legal = legal();
        assertThat(legal).hasSizeGreaterThan(300);
        List<String> changed = new ArrayList<>();
        for (String target : legal) {
            RawAnswer answer = RawHttp.get(app.base(), target);
            String arrived = answer.status() == 200 ? upstream.next().target() : "status " + answer.status();
            if (!arrived.equals(target)) changed.add(target + " → " + arrived);
        }
        assertThat(changed).isEmpty();
    }

    @Test
    void otherTargets_arriveUnchangedOrNotAtAll() throws Exception {
        upstream.forget();
        List<String> odd = List.of(
                "/a?x=|",
                "/a?x=^",
                "/a?x={y}",
                "/a?x=\"",
                "/a?x=<>",
                "/a?x=`",
                "/a?x=\\",
                "/a?x=%",
                "/a?x=%zz",
                "/a?x=%2",
                "/a?x#y",
                "/a#y",
                "/a?x=\u00fc",
                "/a?x=\u00c3\u00bc",
                "/\u00fc",
                "/a|b",
                "/a^b",
                "/a[1]",
                "/a{b}",
                "/a?x=\u0080",
                "/a?x=\u00a0",
                "http://h.example/a",
                "http://evil.example/a?b",
                "//a",
                "*",
                "a",
                "/a?x=\u007f");
        for (String target : odd) {
            RawAnswer answer = RawHttp.get(app.base(), target);
            if (answer.status() == 200) assertThat(upstream.next().target()).isEqualTo(target);
            else assertThat(answer.status()).as(target).isEqualTo(400);
            assertThat(upstream.waiting()).as(target).isZero();
        }
    }
}
