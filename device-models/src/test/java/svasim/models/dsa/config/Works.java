package svasim.models.dsa.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import svasim.models.dsa.config.DsaWork.Operation;

/** Work as a scenario has it: some keys, and nothing for the others. */
public final class Works {
    private Works() {}

    /**
     * Work of an operation.
     *
     * @param keysAndValues in turn
     */
    public static DsaWork of(Operation op, Object... keysAndValues) {
        Map<String, Object> given = new HashMap<>(Map.of("op", op));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        RecordComponent[] components = DsaWork.class.getRecordComponents();
        Object[] values = Arrays.stream(components).map(c -> given.remove(c.getName())).toArray();
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("no such keys: " + given.keySet());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return DsaWork.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }
}
