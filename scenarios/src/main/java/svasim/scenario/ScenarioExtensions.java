package svasim.scenario;

import java.util.Collection;
import java.util.List;
import svasim.binding.Extensions;
import svasim.binding.Node;

/** Types that device models bring: their configuration and their work. */
public final class ScenarioExtensions implements Extensions {
    private final Node root;

    private ScenarioExtensions(Node root) {
        this.root = root;
    }

    /**
     * @param root of the scenario that is bound: a step's device is looked up in it; null if only
     *     the schema is wanted
     */
    public static ScenarioExtensions of(Node root) {
        return new ScenarioExtensions(root);
    }

    @Override
    public Class<? extends Record> typeOf(
            Class<?> holder, String component, Node.Mapping siblings) {
        return null;
    }

    @Override
    public Collection<Class<? extends Record>> typesOf(Class<?> holder, String component) {
        return List.of();
    }
}
