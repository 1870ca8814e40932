package svasim.binding;

import java.util.Collection;
import java.util.List;

/**
 * Tells the record types that only plug-ins know. A component that is declared as {@link Record} is
 * such an open place: its type depends on what stands beside it.
 */
public interface Extensions {
    /** No open place can be filled. */
    Extensions NONE = (holder, component, siblings) -> null;

    /**
     * @param holder record that has the component
     * @param siblings the map that the holder is bound from
     * @return null if nothing fits; what stands beside it is then reported by whoever checks it
     */
    Class<? extends Record> typeOf(Class<?> holder, String component, Node.Mapping siblings);

    /** Whether the keys of the component stand among the keys of its holder. */
    default boolean flattened(Class<?> holder, String component) {
        return false;
    }

    /** Every type that the open place may have; for the schema. */
    default Collection<Class<? extends Record>> typesOf(Class<?> holder, String component) {
        return List.of();
    }
}
