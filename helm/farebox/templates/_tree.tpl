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
{{- toJson $tree -}}
{{- end }}

{{/* yes if the book is on H2. */}}
{{- define "farebox.isH2" -}}
{{- $tree := include "farebox.tree" . | fromJson -}}
{{- if hasPrefix "jdbc:h2:" $tree.book.url }}yes{{ end -}}
{{- end }}

{{/* Changes when a running gateway cannot take the change over by itself: everything but prices, and a payee that is new. */}}
{{- define "farebox.restartSum" -}}
{{- $tree := include "farebox.tree" . | fromJson -}}
{{- $payees := list -}}
{{- range $tree.routes }}{{ range $space, $payee := (index . "pay-to") | default dict }}{{ $payees = append $payees (print $space " " $payee) }}{{ end }}{{ end -}}
{{- $rest := omit $tree "routes" "unmatched" "accept" "assets" "discovery" -}}
{{- print (toYaml $rest) (join "," ($payees | uniq | sortAlpha)) | sha256sum -}}
{{- end }}

{{/* A value as YAML with every text in quotes, so that it is text to whoever reads it; the value has at least one member. */}}
{{- define "farebox.quoted" -}}
{{- if kindIs "map" . -}}
{{- range $name := keys . | sortAlpha }}
{{- $each := index $ $name }}
{{ include "farebox.key" $name }}:{{ include "farebox.member" (list $each (kindIs "map" $each)) }}
{{- end -}}
{{- else -}}
{{- range $each := . }}
-{{ include "farebox.member" (list $each false) }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "farebox.key" -}}
{{- if and (regexMatch "^[a-z][a-z0-9-]*$" .) (not (has . (list "true" "false" "null"))) }}{{ . }}{{ else }}{{ toRawJson . }}{{ end -}}
{{- end }}

{{- define "farebox.member" -}}
{{- $each := index . 0 -}}
{{- if and (or (kindIs "map" $each) (kindIs "slice" $each)) $each -}}
{{- $text := include "farebox.quoted" $each | trim -}}
{{- if and (kindIs "map" $each) (not (index . 1)) }} {{ $text | indent 2 | trim }}{{ else }}{{ $text | nindent 2 }}{{ end -}}
{{- else }} {{ toRawJson $each }}{{ end -}}
{{- end }}
