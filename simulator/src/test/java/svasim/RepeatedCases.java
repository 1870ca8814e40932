package svasim;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Properties see the same cases in every run, so that a build says the same everywhere. {@code
 * -Dsvasim.seed=random} lets them look for new ones, {@code -Dsvasim.seed=NUMBER} for these.
 */
public final class RepeatedCases implements AroundPropertyHook {
    private static final String SEED = System.getProperty("svasim.seed", "1");

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
        PropertyAttributes attributes = context.attributes();
        if (!SEED.equals("random") && attributes.seed().isEmpty()) {
            attributes.setSeed(SEED);
        }
        return property.execute();
    }
}
