package svasim.report.words;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import svasim.device.DeviceModelProvider;
import svasim.trace.Kind;

/** The sentence of every kind of observation and of every step of software. */
public final class Catalogue {
    /** One file for each area of the simulator's software. */
    private static final List<String> AREAS =
            List.of(
                    "everywhere.txt",
                    "programs.txt",
                    "memory.txt",
                    "sva.txt",
                    "policies.txt",
                    "vtd.txt",
                    "smmu.txt",
                    "amdvi.txt",
                    "virtio.txt",
                    "dma.txt",
                    "guests.txt",
                    "numbers.txt",
                    "pci.txt");

    /** Behind the name of a kind whose sentence is another one for requests with translations. */
    private static final String TRANSLATED = " translated";

    /** Procedure of sentences that hold for a step of this name wherever it stands. */
    private static final String ANYWHERE = "*/";

    private final Supplier<? extends Collection<? extends DeviceModelProvider<?, ?>>> models;
    private Map<String, Sentence> steps;

    /** Kinds never change, and every reader of a trace needs them. */
    private static final class Kinds {
        static final Map<String, Sentence> ALL = SentenceFile.resource("kinds.txt");

        private Kinds() {}
    }

    /**
     * @param models whose drivers' steps have words, too; asked for when the first step is told
     */
    public Catalogue(Supplier<? extends Collection<? extends DeviceModelProvider<?, ?>>> models) {
        this.models = models;
    }

    public static Sentence of(Kind kind) {
        return Kinds.ALL.get(kind.name());
    }

    /** Of a request whose address was translated by ATS before. */
    public static Sentence ofTranslated(Kind kind) {
        return Kinds.ALL.getOrDefault(kind.name() + TRANSLATED, of(kind));
    }

    /** The sentence of a step; one without words is told by its name. */
    public Sentence ofStep(String label) {
        Map<String, Sentence> all = steps();
        Sentence own = all.get(label);
        Sentence found = own != null ? own : all.get(general(label));
        return found != null ? found : new Sentence(named(label), null, null);
    }

    private static String named(String label) {
        int slash = label.indexOf('/');
        return "Step \""
                + label.substring(slash + 1)
                + "\" of "
                + label.substring(0, Math.max(slash, 0))
                + ".";
    }

    private static String general(String label) {
        return ANYWHERE + label.substring(label.indexOf('/') + 1);
    }

    private Map<String, Sentence> steps() {
        if (steps == null) {
            Map<String, Sentence> all = new TreeMap<>();
            AREAS.forEach(area -> all.putAll(SentenceFile.resource(area)));
            models.get().forEach(model -> all.putAll(read(model)));
            steps = all;
        }
        return steps;
    }

    private static Map<String, Sentence> read(DeviceModelProvider<?, ?> model) {
        return SentenceFile.read("sentences of model " + model.model(), model.sentences());
    }

    /** Kinds without a sentence. */
    static Set<String> withoutSentence() {
        Set<String> without = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            if (of(kind) == null) {
                without.add(kind.name());
            }
        }
        return without;
    }

    /** Those of these steps that have no sentence. */
    public Set<String> withoutSentence(Set<String> labels) {
        Set<String> without = new TreeSet<>(labels);
        without.removeIf(
                label -> steps().containsKey(label) || steps().containsKey(general(label)));
        return without;
    }

    /** Keys of sentences that tell none of these steps. */
    public Set<String> inVain(Set<String> labels) {
        Set<String> used = new TreeSet<>(labels);
        labels.stream()
                .filter(label -> !steps().containsKey(label))
                .forEach(l -> used.add(general(l)));
        Set<String> inVain = new TreeSet<>(steps().keySet());
        inVain.removeAll(used);
        return inVain;
    }

    /** All sentences by kind's name or by step's label. */
    public Map<String, Sentence> all() {
        Map<String, Sentence> all = new LinkedHashMap<>(Kinds.ALL);
        all.putAll(steps());
        return all;
    }
}
