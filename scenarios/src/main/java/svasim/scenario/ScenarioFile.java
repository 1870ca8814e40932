package svasim.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.binding.Binder;
import svasim.binding.InvalidInput;
import svasim.binding.Mistake;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.TreeReader;

/** A scenario file as it was given, from which each variant is bound. */
public final class ScenarioFile {
    /** Name of the only variant of a file without variants. */
    public static final String ONLY = "";

    static final String VARIANTS = "variants";

    private final String name;
    private final byte[] bytes;
    private final Node root;

    private ScenarioFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
        this.root = TreeReader.read(name, bytes);
    }

    /**
     * @throws InvalidInput if the file is no YAML or JSON
     */
    public static ScenarioFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": it is a directory");
        }
        return new ScenarioFile(file.toString(), Files.readAllBytes(file));
    }

    /** A file that exists as a text only. */
    public static ScenarioFile of(String name, byte[] bytes) {
        return new ScenarioFile(name, bytes);
    }

    public String name() {
        return name;
    }

    /** The file as given. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Names of the variants in the order of the file; {@link #ONLY} if it has none. */
    public List<String> variants() {
        if (root instanceof Node.Mapping map
                && map.get(VARIANTS) instanceof Node.Mapping variants
                && !variants.entries().isEmpty()) {
            return List.copyOf(variants.entries().keySet());
        }
        return List.of(ONLY);
    }

    /**
     * One variant with the values from the command line, which win.
     *
     * @param sets values by path with dots
     * @throws InvalidInput with every mistake that is found
     */
    public BoundScenario bind(String variant, Map<String, String> sets) {
        return bind(variant, sets, "--set");
    }

    /**
     * @param option that the values were given with, for messages
     */
    public BoundScenario bind(String variant, Map<String, String> sets, String option) {
        Mistakes mistakes = new Mistakes();
        Node tree = profiled(overridden(variant, sets, option), mistakes);
        Scenario scenario =
                Binder.bind(tree, Scenario.class, ScenarioExtensions.of(tree), mistakes);
        CrossCheck.check(tree, mistakes);
        mistakes.throwIfAny();
        return new BoundScenario(this, variant, scenario, tree);
    }

    /** Binds every variant; the result has one entry for each. */
    public List<BoundScenario> bindAll(Map<String, String> sets) {
        Set<Mistake> mistakes = new LinkedHashSet<>();
        List<BoundScenario> bound = new ArrayList<>();
        for (String variant : variants()) {
            try {
                bound.add(bind(variant, sets));
            } catch (InvalidInput e) {
                mistakes.addAll(e.mistakes());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidInput(List.copyOf(mistakes));
        }
        return bound;
    }

    /** Without its profile if that has mistakes, so that the others are found too. */
    private static Node profiled(Node tree, Mistakes mistakes) {
        try {
            return Profiles.lay(tree);
        } catch (InvalidInput e) {
            e.mistakes().forEach(mistakes::add);
            return tree;
        }
    }

    private Node overridden(String variant, Map<String, String> sets, String option) {
        Node tree = root;
        if (!variant.equals(ONLY)) {
            tree = withVariant(variant);
        }
        for (Map.Entry<String, String> set : sets.entrySet()) {
            Node value = TreeReader.parse(option + " " + set.getKey(), set.getValue());
            tree = Trees.with(tree, set.getKey(), value);
        }
        return tree;
    }

    private Node withVariant(String variant) {
        if (!variants().contains(variant)) {
            throw new InvalidInput(
                    Place.whole(name),
                    "",
                    "no variant \"" + variant + "\"",
                    Names.remedy(variant, variants()));
        }
        Node tree = root;
        Node overrides = ((Node.Mapping) ((Node.Mapping) root).get(VARIANTS)).get(variant);
        if (overrides instanceof Node.Mapping map) {
            for (Map.Entry<String, Node.Entry> override : map.entries().entrySet()) {
                tree = Trees.with(tree, override.getKey(), override.getValue().value());
            }
        }
        return tree;
    }
}
