package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds tests to what they say they provoke: the unit told each code in the trace. */
final class ProvokedCodes implements BeforeEachCallback, AfterEachCallback {
    private static final ThreadLocal<Set<Integer>> TOLD = ThreadLocal.withInitial(HashSet::new);

    /** A unit has told a code. */
    static void told(int code) {
        TOLD.get().add(code);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TOLD.get().clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Provokes promise = context.getRequiredTestMethod().getAnnotation(Provokes.class);
        if (context.getExecutionException().isEmpty() && promise.seen() != Provokes.Unseen.class) {
            for (String name : promise.value()) {
                assertTrue(TOLD.get().contains(code(promise.seen(), name)), name + " not told");
            }
        }
    }

    /** What {@code code()} of the constant of this name says. */
    static int code(Class<? extends Enum<?>> codes, String name) {
        try {
            Method code = codes.getDeclaredMethod("code");
            code.setAccessible(true);
            return (int) code.invoke(constant(codes, name));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Enum<?> constant(Class<? extends Enum<?>> codes, String name) {
        for (Enum<?> constant : codes.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalStateException("no code " + name + " in " + codes.getSimpleName());
    }
}
