package io.farebox.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.probe.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final List<Page> OTHERS =
            List.of(page("{\"status\":\"ok\",\"time\":1}", "/health"), page("<h1>Welcome</h1> menu", "/"));

    @Test
    void clocksAndCounters_doNoHarm() {
        Fingerprint print = print(
                "{\"exploits\":[\"CVE-1\"],\"time\":1700000000,\"id\":\"a81f\"}",
                "{\"exploits\":[\"CVE-1\"],\"time\":1700000009,\"id\":\"77bc\"}");
        assertThat(print.matches(page("{\"exploits\":[\"CVE-1\"],\"time\":1800000000,\"id\":\"0000\"}", "//exploit")))
                .isTrue();
    }

    @Test
    void otherPages_doNotMatch() {
        Fingerprint print = print("menu gold silver platinum", "menu gold silver platinum");
        OTHERS.forEach(other -> assertThat(print.matches(other)).isFalse());
        assertThat(print.matches(page("menu and much else that mentions gold once", "/x")))
                .isFalse();
        assertThat(print.matches(page(404, "gold silver platinum", "/x"))).isFalse();
        assertThat(print.matches(page("", "/x"))).isFalse();
    }

    @Test
    void pagesThatRepeatTheTarget_areNotKnownByIt() {
        List<Page> samples =
                List.of(page("you asked for /private", "/private"), page("you asked for /private", "/private"));
        assertThat(Fingerprint.of(samples, List.of(page("you asked for /nowhere", "/nowhere"))))
                .isNull();
        Fingerprint print = print("gold", "gold");
        assertThat(print.matches(page("not found: /free/gold", "/free/g%6fld"))).isFalse();
    }

    @Test
    void unstableAnswers_haveNone() {
        assertThat(Fingerprint.of(List.of(page("a81f77", "/p"), page("bc0012", "/p")), OTHERS))
                .isNull();
        assertThat(Fingerprint.of(List.of(page("gold", "/p"), page(503, "gold", "/p")), OTHERS))
                .isNull();
    }

    @Test
    void redirect_isKnownByWhereItLeads() {
        Header location = new Header("Location", "/signed?sig=abcdef");
        Page redirect = Page.of(new Reply.Answer(302, List.of(location), new byte[0]), "/private");
        Fingerprint print = Fingerprint.of(List.of(redirect, redirect), OTHERS);
        assertThat(print).isNotNull();
        assertThat(print.matches(redirect)).isTrue();
        assertThat(print.matches(page(302, "", "/private"))).isFalse();
    }

    @Test
    void pagesOfOneKind_areAlike() {
        assertThat(page("{\"temp\":12.5}", "/a").isLike(page("{\"temp\":-3}", "/a")))
                .isTrue();
        assertThat(page("404 not found /a", "/a").isLike(page("404 not found /b", "/b")))
                .isTrue();
        assertThat(page("gold", "/a").isLike(page("lead", "/b"))).isFalse();
        assertThat(page("", "/a").isLike(page("gold", "/b"))).isFalse();
    }

    private static Fingerprint print(String first, String second) {
        Fingerprint print = Fingerprint.of(List.of(page(first, "/private"), page(second, "/private")), OTHERS);
        assertThat(print).isNotNull();
        return print;
    }

    private static Page page(String text, String target) {
        return page(200, text, target);
    }

    private static Page page(int status, String text, String target) {
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        return Page.of(new Reply.Answer(status, List.of(), body), target);
    }
}
