package svasim.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a word of up to 64 bits; what no field has is reserved.
 *
 * @param name of the word, for example "PASID-table entry, word 0"
 * @param section of the specification, for example "VT-d 9.6"
 * @param fields from the lowest bits up
 */
public record WordLayout(String name, String section, List<Field> fields) {
    public WordLayout {
        fields = List.copyOf(fields);
        long seen = 0;
        for (Field field : fields) {
            if ((seen & field.mask()) != 0) {
                throw new IllegalArgumentException(name + ": " + field + " overlaps");
            }
            seen |= field.mask();
        }
    }

    /** A word without fields, to add them. */
    public static WordLayout of(String name, String section) {
        return new WordLayout(name, section, List.of());
    }

    /** With one more field. */
    public WordLayout with(String field, int high, int low, String says) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(field, high, low, says));
        return new WordLayout(name, section, more);
    }

    /** With one more field of one bit. */
    public WordLayout with(String field, int bit, String says) {
        return with(field, bit, bit, says);
    }

    /** The field of a name; null if there is none. */
    public Field field(String wanted) {
        for (Field field : fields) {
            if (field.name().equals(wanted)) {
                return field;
            }
        }
        return null;
    }
}
