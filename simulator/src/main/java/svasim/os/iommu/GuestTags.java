package svasim.os.iommu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers by which a unit tags what it translates for virtual machines: a domain of each machine's
 * own for each group, or one VMID for the machine. The highest first, so that they do not meet
 * those of the host's domains. A number is in use as long as a group is assigned by it or an entry
 * is nested.
 */
public final class GuestTags {
    /** No machine has it. */
    public static final int NONE = 0;

    private final BitSet used = new BitSet();
    private final int highest;
    private final boolean ofMachine;
    private final Map<Key, Tag> tags = new LinkedHashMap<>();

    private record Key(IommuGroup group, SecondStage stage) {}

    private static final class Tag {
        private final int number;
        private int users;

        Tag(int number) {
            this.number = number;
        }
    }

    /**
     * @param bits width of a number
     * @param ofMachine whether all groups of a machine have the same
     */
    public GuestTags(int bits, boolean ofMachine) {
        this.highest = (1 << bits) - 1;
        this.ofMachine = ofMachine;
    }

    private Key key(IommuGroup group, SecondStage stage) {
        return new Key(ofMachine ? null : group, stage);
    }

    /** One user more; returns the number. */
    public int use(IommuGroup group, SecondStage stage) {
        Tag tag = tags.computeIfAbsent(key(group, stage), key -> new Tag(take()));
        tag.users++;
        return tag.number;
    }

    private int take() {
        int number = used.previousClearBit(highest);
        used.set(number);
        return number;
    }

    /**
     * The number. A driver with a bug asks for one that was given back, and gets {@link #NONE},
     * which tags nothing.
     */
    public int of(IommuGroup group, SecondStage stage) {
        Tag tag = tags.get(key(group, stage));
        return tag == null ? NONE : tag.number;
    }

    /** One user less; behind the last one the number is free. */
    public void drop(IommuGroup group, SecondStage stage) {
        Tag tag = tags.get(key(group, stage));
        if (tag != null && --tag.users == 0) {
            tags.remove(key(group, stage));
            used.clear(tag.number);
        }
    }

    /** All numbers of a machine. */
    public List<Integer> of(SecondStage stage) {
        List<Integer> numbers = new ArrayList<>();
        tags.forEach(
                (key, tag) -> {
                    if (key.stage() == stage) {
                        numbers.add(tag.number);
                    }
                });
        return numbers;
    }
}
