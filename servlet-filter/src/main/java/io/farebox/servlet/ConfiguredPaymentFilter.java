package io.farebox.servlet;

import io.farebox.settlement.Farebox;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PaymentFilter} for {@code web.xml}: opens the file that the init parameter {@code config}, or else the environment
 * variable {@code FAREBOX_CONFIG}, names, and closes it with the application. Map it as {@link PaymentFilter} says.
 */
public final class ConfiguredPaymentFilter implements Filter {
    private @Nullable Farebox farebox;
    private @Nullable PaymentFilter filter;

    /** @throws ServletException if no file is named */
    @Override
    public void init(FilterConfig config) throws ServletException {
        String file = config.getInitParameter("config");
        if (file == null) file = System.getenv("FAREBOX_CONFIG");
        if (file == null) {
            throw new ServletException(
                    "the payment filter has no configuration; set the init parameter 'config' of filter "
                            + config.getFilterName() + ", or FAREBOX_CONFIG, to the path of a farebox.yaml");
        }
        Farebox opened = Farebox.open(Path.of(file));
        farebox = opened;
        filter = new PaymentFilter(opened.gate());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (filter == null) throw new ServletException("the payment filter was not initialised");
        filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        if (farebox != null) farebox.close();
    }
}
