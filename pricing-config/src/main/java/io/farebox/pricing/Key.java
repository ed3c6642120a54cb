package io.farebox.pricing;

import java.util.List;

/**
 * One key of the configuration tree.
 *
 * @param doc what it means, in one or two sentences
 * @param fallback what holds if the key is absent, for people; empty if nothing does
 * @param example a value as YAML
 * @param built whether this release knows what to do with it; if not, it is refused and absent from the schema
 */
record Key(String name, Shape shape, String doc, String fallback, String example, boolean required, boolean built) {
    static Key of(String name, Shape shape, String doc) {
        return new Key(name, shape, doc, "", "", false, true);
    }

    Key or(String fallback) {
        return new Key(name, shape, doc, fallback, example, required, built);
    }

    Key like(String example) {
        return new Key(name, shape, doc, fallback, example, required, built);
    }

    Key must() {
        return new Key(name, shape, doc, fallback, example, true, built);
    }

    /** A key that is planned and not there yet. What stands below it is not looked at. */
    static Key later(String name, String doc) {
        return new Key(name, new Shape.Section(List.of()), doc, "", "", false, false);
    }

    static Shape text() {
        return new Shape.Value(new Shape.Kind.Text(), false);
    }

    static Shape secret() {
        return new Shape.Value(new Shape.Kind.Text(), true);
    }

    static Shape url() {
        return new Shape.Value(new Shape.Kind.Url(), false);
    }

    static Shape.Value money() {
        return new Shape.Value(new Shape.Kind.Money(), false);
    }

    static Shape flag() {
        return new Shape.Value(new Shape.Kind.Flag(), false);
    }

    static Shape span() {
        return new Shape.Value(new Shape.Kind.Span(), false);
    }

    static Shape number(int least, int most) {
        return new Shape.Value(new Shape.Kind.Number(least, most), false);
    }

    static Shape choice(String... words) {
        return new Shape.Value(new Shape.Kind.Choice(List.of(words), List.of()), false);
    }

    static Shape any() {
        return new Shape.Any();
    }

    static Shape listOf(Shape each) {
        return new Shape.ListOf(each);
    }

    static Shape tableOf(Shape each) {
        return new Shape.TableOf(each);
    }

    static Shape.Section section(Key... keys) {
        return new Shape.Section(List.of(keys));
    }
}
