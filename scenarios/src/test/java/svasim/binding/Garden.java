package svasim.binding;

import java.util.List;
import java.util.Map;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/** A record with one of everything that can be bound. */
record Garden(
        String title,
        Integer rows,
        Double slope,
        Boolean fenced,
        Season season,
        Picoseconds delay,
        ByteSize area,
        Map<String, Bed> beds,
        List<Work> work,
        Node notes) {
    enum Season {
        EARLY_SPRING,
        SUMMER
    }

    record Bed(Integer width, Integer length) {
        Bed {
            width = width == null ? 1 : width;
            length = length == null ? 1 : length;
            Require.powerOfTwo("width", width);
            Require.positive("length", length);
        }
    }

    sealed interface Work {}

    record Rest() implements Work {}

    record Dig(String bed, Integer depth) implements Work {
        Dig {
            depth = depth == null ? 1 : depth;
            Require.that(bed != null, "bed", bed, "the name of a bed");
        }
    }

    static Garden of(String yaml) {
        Mistakes mistakes = new Mistakes();
        Garden garden =
                Binder.bind(
                        TreeReader.parse("garden.yaml", yaml),
                        Garden.class,
                        Extensions.NONE,
                        mistakes);
        mistakes.throwIfAny();
        return garden;
    }

    static List<String> mistakes(String yaml) {
        try {
            of(yaml);
            return List.of();
        } catch (InvalidInput e) {
            return e.mistakes().stream().map(Mistake::toString).toList();
        }
    }
}
