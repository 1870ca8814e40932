package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import svasim.layout.Field;
import svasim.pcie.tlp.HeaderLayout;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpCodec;
import svasim.report.Subjects;

/** Packets with the fields of their prefixes and headers; equal ones are kept once. */
final class Packets {
    private static final int WORD_BYTES = 4;
    private static final int NINE = 9;

    private final Strings strings;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Object> packets = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();

    Packets(Strings strings) {
        this.strings = strings;
    }

    void add(int step, Tlp tlp) {
        byte[] bytes = TlpCodec.encode(tlp);
        List<HeaderLayout.Word> words = HeaderLayout.of(bytes);
        String hex = HexFormat.of().formatHex(bytes, 0, words.size() * WORD_BYTES);
        int number = numbers.computeIfAbsent(hex, h -> add(tlp, h, words));
        rows.add(List.of(step, number));
    }

    private int add(Tlp tlp, String hex, List<HeaderLayout.Word> words) {
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            for (Field field : words.get(i).layout().fields()) {
                fields.add(plain(field, words.get(i).value(), i * WORD_BYTES));
            }
        }
        String length = (bytesOfHeader(words) == 4 ? " 64" : "");
        packets.add(List.of(Subjects.kind(tlp) + length, hex, fields));
        return packets.size() - 1;
    }

    /** Name, value, and the bytes that the field has bits in. */
    private List<Integer> plain(Field field, long word, int firstByte) {
        long value = field.of(word);
        String text = value > NINE ? "0x" + Long.toHexString(value) : Long.toString(value);
        return List.of(
                strings.number(field.name()),
                strings.number(text),
                firstByte + (Integer.SIZE - 1 - field.high()) / Byte.SIZE,
                firstByte + (Integer.SIZE - 1 - field.low()) / Byte.SIZE);
    }

    private static int bytesOfHeader(List<HeaderLayout.Word> words) {
        return (int) words.stream().filter(w -> w.layout().name().contains("header")).count();
    }

    List<Object> rows() {
        return rows;
    }

    List<Object> packets() {
        return packets;
    }
}
