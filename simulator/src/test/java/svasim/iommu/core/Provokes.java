package svasim.iommu.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which fault or event codes a test provokes. A test over an {@code EnumSource} of the codes names
 * none: it provokes those of its source.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProvokedCodes.class)
public @interface Provokes {
    /** Names of constants of the unit's enumeration of codes. */
    String[] value() default {};

    /** Their enumeration, if {@link ProvokedCodes} is to see each of them in the trace. */
    Class<? extends Enum<?>> seen() default Unseen.class;

    /** No code is looked for in the trace: the test itself asserts it elsewhere. */
    enum Unseen {}
}
