package svasim.words;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.util.DocTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Annotation processor that writes, beside the class of each record with Javadoc, a file with the
 * extension {@value #EXTENSION}. Its first line says what the record is; each further line is the
 * name of a component, a space, and what its {@code @param} says. A block tag {@code @source a, b:
 * text} tells where the defaults of these components are from; each of them gets a line that begins
 * with {@value #SOURCE}, its name and a space. One file a record, so that compiling some of the
 * sources leaves the sentences of the others as they are.
 */
@SupportedAnnotationTypes("*")
public final class RecordWords extends AbstractProcessor {
    /** End of the files' names, after the binary name of the record within its package. */
    public static final String EXTENSION = ".words";

    /** First character of the lines of sources. */
    public static final String SOURCE = "@";

    private DocTrees trees;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        trees = DocTrees.instance(environment);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::visit);
        return false;
    }

    private void visit(TypeElement type) {
        DocCommentTree comment = trees.getDocCommentTree(type);
        if (type.getKind() == ElementKind.RECORD && comment != null) {
            write(type, lines(comment));
        }
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::visit);
    }

    private static List<String> lines(DocCommentTree comment) {
        List<String> lines = new ArrayList<>();
        lines.add(Plainly.sentence(comment.getFullBody()));
        comment.getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .filter(param -> !param.isTypeParameter())
                .map(p -> p.getName() + " " + Plainly.sentence(p.getDescription()))
                .forEach(lines::add);
        comment.getBlockTags().stream()
                .filter(UnknownBlockTagTree.class::isInstance)
                .map(UnknownBlockTagTree.class::cast)
                .filter(tag -> tag.getTagName().equals("source"))
                .map(tag -> Plainly.text(tag.getContent()))
                .forEach(source -> addSource(source, lines));
        return lines;
    }

    private static void addSource(String source, List<String> lines) {
        int colon = source.indexOf(':');
        for (String component : source.substring(0, Math.max(0, colon)).split(",")) {
            lines.add(SOURCE + component.strip() + " " + source.substring(colon + 1).strip());
        }
    }

    private void write(TypeElement type, List<String> lines) {
        Elements elements = processingEnv.getElementUtils();
        PackageElement home = elements.getPackageOf(type);
        String binary = elements.getBinaryName(type).toString();
        String name = binary.substring(binary.lastIndexOf('.') + 1) + EXTENSION;
        try (Writer out = open(home.getQualifiedName(), name, type)) {
            out.write(String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Writer open(CharSequence home, String name, Element origin) throws IOException {
        return processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, home, name, origin)
                .openWriter();
    }
}
