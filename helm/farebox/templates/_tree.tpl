{{/* The price list as the program reads it: the values, and what follows from the shape. */}}
{{- define "farebox.tree" -}}
{{- $tree := deepCopy .Values.farebox -}}
{{- /* Helm reads the word off as false. */ -}}
{{- if and (hasKey $tree "mode") (kindIs "bool" $tree.mode) }}{{ $_ := set $tree "mode" "off" }}{{ end -}}
{{- $book := $tree.book | default dict -}}
{{- if not $book.url -}}
{{- $_ := set $tree "book" (merge (dict "url" "jdbc:h2:file:/var/lib/farebox/book") $book) -}}
{{- end -}}
{{- if and (eq .Values.shape "sidecar") (not $tree.upstream) -}}
{{- $_ := set $tree "upstream" (dict "url" "http://127.0.0.1:${FAREBOX_UPSTREAM_PORT}") -}}
{{- end -}}
{{- toYaml $tree -}}
{{- end }}

{{/* yes if the book is on H2. */}}
{{- define "farebox.isH2" -}}
{{- $tree := include "farebox.tree" . | fromYaml -}}
{{- if hasPrefix "jdbc:h2:" $tree.book.url }}yes{{ end -}}
{{- end }}

{{/* Changes when a running gateway cannot take the change over by itself: everything but prices, and a payee that is new. */}}
{{- define "farebox.restartSum" -}}
{{- $tree := include "farebox.tree" . | fromYaml -}}
{{- $payees := list -}}
{{- range $tree.routes }}{{ range $space, $payee := (index . "pay-to") | default dict }}{{ $payees = append $payees (print $space " " $payee) }}{{ end }}{{ end -}}
{{- $rest := omit $tree "routes" "unmatched" "accept" "assets" "discovery" -}}
{{- print (toYaml $rest) (join "," ($payees | uniq | sortAlpha)) | sha256sum -}}
{{- end }}
