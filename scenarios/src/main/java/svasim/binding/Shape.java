package svasim.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What reflection says about the types that files are bound to. */
final class Shape {
    private Shape() {}

    /** Whether the type is written as one text with its unit: it has a static {@code parse}. */
    static boolean isQuantity(Class<?> type) {
        return type.isRecord() && parser(type) != null;
    }

    private static Method parser(Class<?> type) {
        try {
            Method parse = type.getMethod("parse", String.class);
            return Modifier.isStatic(parse.getModifiers()) ? parse : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /**
     * @throws IllegalArgumentException as the type's {@code parse} does
     */
    static Object parse(Class<?> type, String text) {
        return call(() -> parser(type).invoke(null, text));
    }

    /** What a reader should have found; the type's constant {@code EXPECTED}. */
    static String expected(Class<?> type) {
        try {
            return (String) type.getField("EXPECTED").get(null);
        } catch (ReflectiveOperationException e) {
            return "a " + type.getSimpleName();
        }
    }

    static Object construct(Class<?> type, Object[] values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        return call(
                () -> {
                    Constructor<?> constructor = type.getDeclaredConstructor(types);
                    constructor.setAccessible(true);
                    return constructor.newInstance(values);
                });
    }

    static Object value(Record record, RecordComponent component) {
        return call(
                () -> {
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    return accessor.invoke(record);
                });
    }

    /** The records that a sealed interface permits, also through further sealed interfaces. */
    static List<Class<?>> choices(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                records.addAll(choices(permitted));
            } else {
                records.add(permitted);
            }
        }
        return records;
    }

    /** A reflective call. */
    private interface Call {
        Object make() throws ReflectiveOperationException;
    }

    private static Object call(Call call) {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
