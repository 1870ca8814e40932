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
        for (HeaderLayout.Word word : words) {
            for (Field field : word.layout().fields()) {
                long value = field.of(word.value());
                String text = value > NINE ? "0x" + Long.toHexString(value) : "" + value;
                fields.add(List.of(strings.number(field.name()), strings.number(text)));
            }
        }
        String length = (bytesOfHeader(words) == 4 ? " 64" : "");
        packets.add(List.of(Subjects.kind(tlp) + length, hex, fields));
        return packets.size() - 1;
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
