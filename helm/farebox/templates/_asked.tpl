{{/* The path that helm test asks: what is set, else the first plain path of a route for GET; ["free" or "priced", root] */}}
{{- define "farebox.askedPath" -}}
{{- $kind := index . 0 -}}
{{- $root := index . 1 -}}
{{- $set := index $root.Values.test (print $kind "Path") -}}
{{- if $set -}}{{ $set }}{{- else -}}
{{- $found := "" -}}
{{- range $root.Values.farebox.routes -}}
{{- $path := regexReplaceAll "^GET " (toString .match) "" -}}
{{- $free := eq (toString .free) "true" -}}
{{- if and (not $found) (regexMatch "^/[A-Za-z0-9/._~-]*$" $path) (eq $free (eq $kind "free")) (or $free .price) (not (index . "free-for")) }}{{ $found = $path }}{{ end -}}
{{- end -}}
{{- $found -}}
{{- end -}}
{{- end }}
