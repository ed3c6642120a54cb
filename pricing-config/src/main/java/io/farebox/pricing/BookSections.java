package io.farebox.pricing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how long the book keeps what, and who may look after it. */
final class BookSections {
    private static final int SHORTEST_CREDENTIAL = 24;

    private final Problems problems;

    BookSections(Problems problems) {
        this.problems = problems;
    }

    RetentionConfig retention(Section root) {
        Section book = root.section("book");
        return new RetentionConfig(
                span(book, "retention", RetentionConfig.DEFAULT.paid()),
                span(book, "unpaid-retention", RetentionConfig.DEFAULT.unpaid()));
    }

    private Duration span(Section book, String key, Duration fallback) {
        Duration span = book.span(key, fallback);
        Tree.Leaf leaf = book.leaf(key);
        if (leaf != null && span.compareTo(RetentionConfig.LEAST) < 0) {
            String fix = "Write 2d or more.";
            problems.wrong(ProblemCode.OUT_OF_RANGE, leaf, "is shorter than a payment may be good for", fix);
        }
        return span;
    }

    AdminConfig admin(Section root) {
        Section admin = root.section("admin");
        Secret viewer = credential(admin, "viewer");
        Secret operator = credential(admin, "operator");
        if (viewer != null && viewer.equals(operator)) {
            String fix = "Give each its own, for example from: openssl rand -base64 32";
            problems.wrong(ProblemCode.SECRET_TWICE, admin.at("operator"), "is the viewer's credential, too", fix);
        }
        return new AdminConfig(viewer, operator);
    }

    private @Nullable Secret credential(Section admin, String key) {
        Tree.Leaf leaf = admin.leaf(key);
        if (leaf != null && leaf.text().length() < SHORTEST_CREDENTIAL) {
            String fix = "Write at least 24 random characters, for example from: openssl rand -base64 32";
            problems.wrong(ProblemCode.SECRET_TOO_SHORT, leaf, "is short enough to be guessed", fix);
        } else if (leaf != null && !leaf.text().matches("[\\x21-\\x7e]+")) {
            String fix = "Write letters, digits and signs without spaces.";
            problems.wrong(ProblemCode.SECRET_SYNTAX, leaf, "cannot be sent in a header", fix);
        }
        return admin.secret(key);
    }
}
