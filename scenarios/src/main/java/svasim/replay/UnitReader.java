package svasim.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.binding.InvalidInput;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.TreeReader;

/** Reads {@code unit.json}; keys that only people need are passed over. */
final class UnitReader {
    private static final int HEX = 16;

    private UnitReader() {}

    static CaptureUnit read(String file, byte[] bytes) {
        if (!(TreeReader.read(file, bytes) instanceof Node.Mapping root)) {
            throw new InvalidInput(Place.whole(file), "", "not an object", "expected a unit");
        }
        return new CaptureUnit(
                required(root, "unit"),
                required(root, "iommu"),
                numbers(root.get("features"), 10),
                numbers(firstSnapshot(root), HEX),
                hex(root, "ram_base"),
                hex(root, "ram_size"),
                acknowledges(root),
                equivalence(root.get("reason_equivalence")));
    }

    private static String required(Node.Mapping root, String key) {
        if (root.get(key) instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        throw new InvalidInput(root.place(), "/" + key, "missing", "expected a name");
    }

    private static Boolean acknowledges(Node.Mapping root) {
        return root.get("devtlb") instanceof Node.Scalar mode ? mode.text().equals("ack") : null;
    }

    private static Node firstSnapshot(Node.Mapping root) {
        if (root.get("snapshots") instanceof Node.Sequence snapshots
                && !snapshots.items().isEmpty()
                && snapshots.items().get(0) instanceof Node.Mapping first) {
            return first.get("regs");
        }
        return null;
    }

    private static long hex(Node.Mapping root, String key) {
        return root.get(key) instanceof Node.Scalar scalar ? number(scalar, HEX) : 0;
    }

    private static Map<String, Long> numbers(Node node, int radix) {
        Map<String, Long> numbers = new TreeMap<>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries()
                    .forEach(
                            (key, entry) -> {
                                if (entry.value() instanceof Node.Scalar scalar) {
                                    numbers.put(key, number(scalar, radix));
                                }
                            });
        }
        return numbers;
    }

    private static long number(Node.Scalar scalar, int radix) {
        try {
            return Long.parseUnsignedLong(scalar.text(), radix);
        } catch (NumberFormatException e) {
            throw new InvalidInput(scalar.place(), "", scalar.describe(), "expected a number");
        }
    }

    private static Map<String, List<String>> equivalence(Node node) {
        Map<String, List<String>> equal = new TreeMap<>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((reason, codes) -> equal.put(reason, texts(codes.value())));
        }
        return equal;
    }

    private static List<String> texts(Node node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                if (item instanceof Node.Scalar scalar) {
                    texts.add(scalar.text());
                }
            }
        }
        return texts;
    }
}
