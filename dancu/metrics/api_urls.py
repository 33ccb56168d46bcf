"""Where Prometheus finds the figures."""

from django.urls import path

from .api import metrics

urlpatterns = [path("", metrics, name="metrics")]
