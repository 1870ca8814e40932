package svasim.replay;

import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/**
 * One line of a trace, with its fields by position; field 0 is the kind.
 *
 * @param number from 1
 */
record Line(int number, String text, String[] fields) {
    private static final int HEX = 16;
    private static final int KIND_LENGTH = 1;

    Line(int number, String text) {
        this(number, text, text.split(" ", -1));
    }

    /** A line of a file that this line stands for. */
    Line within(String inner) {
        return new Line(number, text + ": " + inner, inner.split(" ", -1));
    }

    /** The letter of the line, or NUL if it does not begin with one letter. */
    char kind() {
        return fields[0].length() == KIND_LENGTH ? fields[0].charAt(0) : 0;
    }

    int count() {
        return fields.length;
    }

    /** Whether the field says something: it is there and is not "-". */
    boolean states(int field) {
        return field < fields.length && !fields[field].equals("-");
    }

    String text(int field) {
        if (field >= fields.length) {
            throw new IllegalArgumentException("has no field " + field);
        }
        return fields[field];
    }

    /**
     * @throws IllegalArgumentException if the field is missing or no hexadecimal number
     */
    long hex(int field) {
        try {
            return Long.parseUnsignedLong(text(field), HEX);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + fields[field] + "\" is no number", e);
        }
    }

    long hex(int field, long otherwise) {
        return states(field) ? hex(field) : otherwise;
    }

    int number(int field) {
        return Math.toIntExact(hex(field));
    }

    /** The PASID field as a number; "-" is {@link PasidPrefix#NONE}. */
    int pasid(int field) {
        return states(field) ? number(field) : PasidPrefix.NONE;
    }

    /** A prefix from the PASID field and the letters x and p of another field; null without. */
    PasidPrefix prefix(int pasidField, int flagsField) {
        if (!states(pasidField)) {
            return null;
        }
        return new PasidPrefix(number(pasidField), flag(flagsField, 'p'), flag(flagsField, 'x'));
    }

    boolean flag(int field, char letter) {
        return text(field).indexOf(letter) >= 0;
    }

    /** Bits of {@link Access} for letters out of r, w, x and p. */
    int access(int field) {
        int access = flag(field, 'w') ? Access.WRITE : Access.READ;
        access |= flag(field, 'x') ? Access.EXECUTE : 0;
        return access | (flag(field, 'p') ? Access.PRIVILEGED : 0);
    }
}
