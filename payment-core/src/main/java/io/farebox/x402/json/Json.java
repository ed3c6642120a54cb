package io.farebox.x402.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Reads JSON from strangers into plain values and writes plain values as ASCII JSON. Values are {@code Map<String, Object>},
 * {@code List<Object>}, {@code String}, {@code Long}, {@code BigInteger}, {@code BigDecimal} and {@code Boolean}; a null
 * counts as absent.
 *
 * <p>Reading refuses what parsers read differently: duplicate keys, text after the value, malformed UTF-8, other encodings,
 * and depths and numbers beyond any use. Thread-safe.
 */
public final class Json {
    /** How deep objects may nest. */
    static final int MAX_DEPTH = 32;

    /** How many characters a number may have; a uint256 has 78. */
    static final int MAX_NUMBER_LENGTH = 80;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(256)
                    .build())
            .build();

    private Json() {}

    /** Reads one JSON object from UTF-8. @throws JsonFormatException if it is anything else */
    public static JsonObject readObject(byte[] utf8) {
        try {
            return readObject(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonFormatException("not UTF-8");
        }
    }

    /** Reads one JSON object. @throws JsonFormatException if the text is anything else */
    public static JsonObject readObject(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new JsonFormatException("not an object");
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) throw new JsonFormatException("text after the object");
            return new JsonObject(object);
        } catch (JacksonException e) {
            throw new JsonFormatException("not JSON");
        }
    }

    /** Writes a value as ASCII JSON. */
    public static String write(Object value) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) elements.add(value(parser));
        }
        return elements;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getString());
            default -> throw new JsonFormatException("unexpected end");
        };
    }

    /** Bounded so that it can be written and read again, and so that nobody can unfold it into a page of zeros. */
    private static BigDecimal decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) + number.precision() <= MAX_NUMBER_LENGTH - 10) return number;
        } catch (NumberFormatException e) {
            // An exponent beyond all numbers.
        }
        throw new JsonFormatException("a number that is too long");
    }

    private static Object integer(String digits) {
        if (digits.length() < 19) return Long.valueOf(digits);
        return new BigInteger(digits);
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, member) -> {
                    generator.writeName((String) name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case Iterable<?> list -> {
                generator.writeStartArray();
                list.forEach(element -> write(generator, element));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }
}
