package svasim.binding;

import java.util.List;
import java.util.stream.Collectors;

/** A file of the user is not usable; carries every mistake that was found in it. */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public InvalidInput(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public InvalidInput(Place place, String path, String what, String remedy) {
        this(List.of(new Mistake(place, path, what, remedy)));
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
