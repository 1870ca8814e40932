package svasim.kernel;

/**
 * A named place where a run may differ from the plain run: something that may be late, may be
 * preempted or may fail. Declared as a constant by the part that asks.
 *
 * @param name dotted, for example {@code "os.worker.wakeup"}; no {@code #} and no {@code =}
 */
public record Site(String name) {
    public Site {
        if (name.isEmpty() || name.indexOf('#') >= 0 || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a site name: \"" + name + "\"");
        }
    }
}
