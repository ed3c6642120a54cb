package io.farebox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFirewallTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/premium",
                "/api/premium/",
                "/API/PREMIUM",
                "/api/premium.",
                "/a/.well-known/x",
                "/...",
                "/a..b/..c",
                "/%61pi/premium",
                "/api/premium%20",
                "/caf%C3%A9",
                "/%e6%97%a5%e6%9c%ac",
                "/%F0%9F%98%80",
                "/a:b@c,d=e!$&'()*+",
                "/~user/-_",
                "/a%09b",
                "/%7e"
            })
    void check_legalPath(String path) {
        assertThat(RequestFirewall.check("GET", path, null, 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/free/%2e%2e/api/premium",
                "/%2e/api/premium",
                "/free/%2e./api/premium",
                "/api/x/%2E%2E/premium",
                "/free/../api/premium",
                "//api/premium",
                "/./api/premium",
                "/free//../api/premium",
                "/a/..",
                "/a/.",
                "/free/x/../../api/premium",
                "/api/premium//",
                "/api/premium;x",
                "/api/premium;jsessionid=1",
                "/;a=b/api/premium",
                "/free/..;/api/premium",
                "/free/..;x/api/premium",
                "/api/premium%3bx",
                "/api/premium%3Bx",
                "/free/..%2fapi/premium",
                "/api%2Fpremium",
                "/api%5cpremium",
                "/api%5Cpremium",
                "/api\\premium",
                "/api/premium%00",
                "/api/premium%0d%0aX:1",
                "/api/premium%0A",
                "/a%e2%80%a8b",
                "/a%E2%80%A9b",
                "/a%ef%bc%8fb",
                "/api/%2570remium",
                "/api/premium%25"
            })
    void check_ambiguousPath(String path) {
        assertThat(RequestFirewall.check("GET", path, null, 1)).isEqualTo(RequestFirewall.AMBIGUOUS_TARGET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api",
                "http://evil.example/api/premium",
                "evil.example:443",
                "/api/premium%",
                "/api/premium%c0",
                "/api/premium%zz",
                "/api/data%c0%c1%",
                "/api/premium[1]",
                "/api/premium|",
                "/api/premium%u0070",
                "/a^b",
                "/a{b}",
                "/a`b",
                "/a\"b",
                "/a<b>",
                "/a b",
                "/a\tb",
                "/a\u00e9",
                "/a#x",
                "/a?x",
                "/a\r\nb",
                "/a\u007f",
                "/%c0%af",
                "/%e0%80%af",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%f8%88%80%80%80",
                "/%e6%97",
                "/%e6%97x%a5",
                "/%\uff12\uff10",
                "/%2",
                "/%80"
            })
    void check_malformedPath(String path) {
        assertThat(RequestFirewall.check("GET", path, null, 1)).isEqualTo(RequestFirewall.MALFORMED_TARGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
    void check_knownMethod(String method) {
        assertThat(RequestFirewall.check(method, "/x", null, 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "GeT", "FOO", "PROPFIND", "TRACE", "TRACK", "CONNECT", "", "GET "})
    void check_otherMethod(String method) {
        assertThat(RequestFirewall.check(method, "/x", null, 1)).isEqualTo(RequestFirewall.METHOD);
    }

    @Test
    void check_hosts() {
        assertThat(RequestFirewall.check("GET", "/x", null, 0)).isNull();
        assertThat(RequestFirewall.check("GET", "/x", null, 2)).isEqualTo(RequestFirewall.SEVERAL_HOSTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1&b=2", "url=http://x/../y;z//%2e%2e%00%0d%0a", "q=%zz", "q=a|b[1]{}", "\u00e9"})
    void check_anyQuery(String query) {
        assertThat(RequestFirewall.check("GET", "/x", query, 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "\0", "a\tb", "\u007f"})
    void check_queryWithControls(String query) {
        assertThat(RequestFirewall.check("GET", "/x", query, 1)).isEqualTo(RequestFirewall.MALFORMED_QUERY);
    }

    @Test
    void status_ofEachReason() {
        assertThat(RequestFirewall.status(RequestFirewall.METHOD)).isEqualTo(405);
        assertThat(RequestFirewall.status(RequestFirewall.AMBIGUOUS_TARGET)).isEqualTo(400);
        assertThat(RequestFirewall.status(RequestFirewall.MALFORMED_TARGET)).isEqualTo(400);
    }

    @Test
    void check_goodRequestAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(1_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(100_000);
    }

    private static void run(int times) {
        for (int i = 0; i < times; i++) {
            if (RequestFirewall.check("GET", "/protocols/caf%C3%A9/risk-score", "depth=full", 1) != null)
                throw new AssertionError();
        }
    }
}
