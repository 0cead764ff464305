{{- define "deckhand.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "deckhand.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "deckhand.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "deckhand.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "deckhand.selectorLabels" -}}
app.kubernetes.io/name: {{ include "deckhand.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "deckhand.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "deckhand.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "deckhand.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- define "deckhand.secretName" -}}
{{- .Values.existingSecret | default (include "deckhand.fullname" .) }}
{{- end }}

{{- define "deckhand.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- .Values.serviceAccount.name | default (include "deckhand.fullname" .) }}
{{- else }}
{{- .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/* Not empty where the platform posts to the pods, each to a port of its own. */}}
{{- define "deckhand.telegramPosts" -}}
{{- if and .Values.telegram.enabled .Values.telegram.webhookUrl }}yes{{ end }}
{{- end }}
{{- define "deckhand.discordPosts" -}}
{{- if and .Values.discord.enabled .Values.discord.publicKey }}yes{{ end }}
{{- end }}
{{- define "deckhand.anyPosts" -}}
{{- include "deckhand.telegramPosts" . }}{{ include "deckhand.discordPosts" . }}
{{- end }}

{{/* A variable from the Secret of the tokens. */}}
{{- define "deckhand.secretEnv" -}}
- name: {{ .key }}
  valueFrom:
    secretKeyRef:
      name: {{ include "deckhand.secretName" .root }}
      key: {{ .key }}
{{- end }}
