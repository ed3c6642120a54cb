package io.farebox.pricing;

/**
 * Where something stands in a configuration.
 *
 * @param line counted from 1; 0 where there are no lines, as in Spring's Environment
 * @param path keys joined by dots, list positions in brackets: {@code routes[1].price}; empty for the whole
 */
record Place(int line, String path) {
    Place child(String key, int line) {
        return new Place(line, path.isEmpty() ? key : path + "." + key);
    }

    Place item(int index, int line) {
        return new Place(line, path + "[" + index + "]");
    }
}
